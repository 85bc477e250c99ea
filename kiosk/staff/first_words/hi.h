#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kHindi[] = {
    {AddressHint, "यह सर्वर के वेब पेज पर लिखा है।"},
    {AddressTitle, "सर्वर का पता"},
    {CodeHint, "सर्वर पर बनता है, 15 मिनट तक मान्य"},
    {CodeTitle, "पंजीकरण कोड"},
    {CompareHint, "सर्वर का पेज इस डिवाइस के पास यही चार शब्द दिखाता है। अलग हों तो वहाँ डिवाइस रद्द करें और पता जाँचें।"},
    {CompareTitle, "जुड़ गया। इन शब्दों का मिलान करें:"},
    {Connect, "सर्वर से जोड़ें"},
    {ConnectFailed, "नहीं जुड़ा"},
    {ConnectHint, "उसके पते और वहाँ बने कोड से"},
    {Connecting, "जुड़ रहा है…"},
    {FailAddress, "यह सर्वर का पता नहीं है। यह store.example.com या store.example.com:8443 जैसा होता है।"},
    {FailCode, "सर्वर यह कोड नहीं लेता: गलत लिखा है, 15 मिनट से पुराना है या इस्तेमाल हो चुका है। नया बनवाएँ।"},
    {FailName, "सर्वर का नाम नहीं मिला। पता और डिवाइस का नेटवर्क जाँचें।"},
    {FailUnreachable, "सर्वर जवाब नहीं देता। पता जाँचें और देखें कि वह चल रहा है। नेटवर्क जाँच बताती है कि डिवाइस कहाँ तक पहुँचता है।"},
    {Later, "बाद में"},
    {NewPin, "कर्मचारियों का पिन चुनें"},
    {NewPinAgain, "फिर से लिखें"},
    {NewPinDiffers, "दोनों एक जैसे नहीं थे। फिर से चुनें।"},
    {NewPinFailed, "पिन सहेजा नहीं जा सका। फिर कोशिश करें।"},
    {NewPinHint, "6 से 12 अंक"},
    {SetUp, "सेट-अप"},
    {SetUpDone, "ग्राहकों के लिए तैयार"},
    {SetUpDoneHint, "कर्मचारियों के पेज के लिए ऊपर का वह कोना 3 सेकंड दबाएँ जहाँ से पढ़ना शुरू होता है, फिर पिन लिखें।"},
    {SetUpDoneStore, "सर्वर से सर्वे आने तक एक नमूना पूछा जाता है।"},
    {SetUpHow, "यह कियोस्क कैसे इस्तेमाल होगा?"},
    {SetUpSample, "कौन सा सर्वे पूछा जाए?"},
    {Start, "शुरू करें"},
    {TryAgain, "फिर कोशिश करें"},
    {TryOut, "बिना सर्वर आज़माएँ"},
    {TryOutHint, "नमूना सर्वे के साथ। जवाब इसी डिवाइस पर रहते हैं।"},
};

}  // namespace milepost::kiosk::staff::first_words
