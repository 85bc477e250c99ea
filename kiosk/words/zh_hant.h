#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kTraditionalChinese[] = {
    {Accessibility, "無障礙"},
    {Back, "返回"},
    {ChangeAnswer, "修改回答"},
    {ChooseSeveral, "可選擇多項"},
    {Close, "關閉"},
    {Continue, "繼續"},
    {Done, "完成"},
    {Finish, "結束"},
    {HighContrast, "高對比"},
    {LargerText, "放大文字"},
    {Next, "下一步"},
    {OutOfService, "暫停服務"},
    {OutOfServiceHint, "目前無法儲存您的回答，請告知工作人員。"},
    {PrivacyAbout, "我們會保存您在此點選的內容，以及時間、語言和所用裝置。我們不知道您是誰。"},
    {PrivacyLink, "我的回答會如何使用？"},
    {PrivacyPurpose, "本裝置的營運方會將您的回答與其他人的回答一併用於改進，並在比較結果期間保留。"},
    {PrivacySensors, "本裝置不使用攝影機和麥克風。"},
    {Progress, "第 {n} 題，共 {m} 題"},
    {Saving, "正在儲存…"},
    {Skip, "略過"},
    {StartOver, "重新開始"},
    {StillThere, "您還在嗎？"},
    {StillThereHint, "若不繼續，將為下一位使用者結束。"},
    {ThankYou, "謝謝您！"},
    {TypingUnavailable, "本裝置暫不支援文字輸入。"},
};

}  // namespace milepost::kiosk::words
