#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kSimplifiedChinese[] = {
    {Accessibility, "无障碍"},
    {AgreeAndSend, "同意并发送"},
    {Back, "返回"},
    {ChangeAnswer, "修改回答"},
    {ChooseSeveral, "可以选择多项"},
    {Close, "关闭"},
    {ContactEmail, "电子邮件"},
    {ContactKept, "您的联系方式已加密保存。现在填写的内容会将其替换。"},
    {ContactPhone, "电话"},
    {Continue, "继续"},
    {Done, "完成"},
    {EmailNeedsAt, "电子邮件地址中有 @，例如 name@example.com"},
    {EmailNeedsDomain, "@ 后面应有 example.com 这样的内容"},
    {EmailNeedsName, "缺少 @ 前面的部分"},
    {EmailOddSign, "其中有电子邮件地址不使用的符号"},
    {Finish, "结束"},
    {HighContrast, "高对比度"},
    {LargerText, "放大文字"},
    {Next, "下一步"},
    {OutOfService, "暂停服务"},
    {OutOfServiceHint, "目前无法保存您的回答，请告知工作人员。"},
    {PhoneOddSign, "电话号码只有数字，最前面可以有 +"},
    {PhoneTooLong, "作为电话号码太长了"},
    {PhoneTooShort, "作为电话号码太短了"},
    {PrivacyAbout, "我们会保存您在此点选和填写的内容，以及时间、语言和所用设备。除非您告诉我们，我们不知道您是谁。"},
    {PrivacyLink, "我的回答会如何使用？"},
    {PrivacyPurpose, "本设备的运营方会将您的回答与其他人的回答一起用于改进，并在对比结果期间予以保留。"},
    {PrivacySensors, "本设备不使用摄像头和麦克风。"},
    {Progress, "第 {n} 题，共 {m} 题"},
    {Receipt, "如需删除您的回答，请记下此代码"},
    {Saving, "正在保存…"},
    {Skip, "跳过"},
    {StartOver, "重新开始"},
    {StillThere, "您还在吗？"},
    {StillThereHint, "若不继续，将为下一位使用者结束。"},
    {ThankYou, "谢谢您！"},
    {WriteHere, "在此填写"},
};

}  // namespace milepost::kiosk::words
