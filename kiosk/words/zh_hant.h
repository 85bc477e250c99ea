#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kTraditionalChinese[] = {
    {Accessibility, "無障礙"},
    {AgreeAndSend, "同意並傳送"},
    {Back, "返回"},
    {ChangeAnswer, "修改回答"},
    {ChooseSeveral, "可選擇多項"},
    {Close, "關閉"},
    {ContactEmail, "電子郵件"},
    {ContactKept, "您的聯絡方式已加密保存。現在填寫的內容會取代它。"},
    {ContactPhone, "電話"},
    {Continue, "繼續"},
    {Done, "完成"},
    {EmailNeedsAt, "電子郵件地址中有 @，例如 name@example.com"},
    {EmailNeedsDomain, "@ 後面應有 example.com 這樣的內容"},
    {EmailNeedsName, "缺少 @ 前面的部分"},
    {EmailOddSign, "其中有電子郵件地址不使用的符號"},
    {Finish, "結束"},
    {HighContrast, "高對比"},
    {LargerText, "放大文字"},
    {Next, "下一步"},
    {OutOfService, "暫停服務"},
    {OutOfServiceHint, "目前無法儲存您的回答，請告知工作人員。"},
    {PhoneOddSign, "電話號碼只有數字，最前面可以有 +"},
    {PhoneTooLong, "作為電話號碼太長了"},
    {PhoneTooShort, "作為電話號碼太短了"},
    {PrivacyAbout, "我們會保存您在此點選和填寫的內容，以及時間、語言和所用裝置。除非您告訴我們，我們不知道您是誰。"},
    {PrivacyLink, "我的回答會如何使用？"},
    {PrivacyPurpose, "本裝置的營運方會將您的回答與其他人的回答一併用於改進，並在比較結果期間保留。"},
    {PrivacySensors, "本裝置不使用攝影機和麥克風。"},
    {Progress, "第 {n} 題，共 {m} 題"},
    {Receipt, "如需刪除您的回答，請記下此代碼"},
    {Saving, "正在儲存…"},
    {Skip, "略過"},
    {StartOver, "重新開始"},
    {StillThere, "您還在嗎？"},
    {StillThereHint, "若不繼續，將為下一位使用者結束。"},
    {ThankYou, "謝謝您！"},
    {WriteHere, "在此填寫"},
};

}  // namespace milepost::kiosk::words
