#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kTraditionalChinese[] = {
    {AddressHint, "位址顯示在伺服器的網頁上。"},
    {AddressTitle, "伺服器位址"},
    {CodeHint, "在伺服器上產生，15 分鐘內有效"},
    {CodeTitle, "註冊碼"},
    {CompareHint, "伺服器頁面會在此裝置旁顯示相同的四個單字。若不同，請在那裡撤銷此裝置並檢查位址。"},
    {CompareTitle, "已連線。請核對這些單字："},
    {Connect, "連線到伺服器"},
    {ConnectFailed, "未連線"},
    {ConnectHint, "使用其位址和在那裡產生的代碼"},
    {Connecting, "正在連線…"},
    {FailAddress, "這不是伺服器的位址。應類似 store.example.com 或 store.example.com:8443。"},
    {FailCode, "伺服器不接受此代碼：輸入錯誤、超過 15 分鐘或已被使用。請重新產生。"},
    {FailName, "找不到伺服器的名稱。請檢查位址以及此裝置的網路。"},
    {FailUnreachable, "伺服器沒有回應。請檢查位址以及伺服器是否在運作。網路測試會顯示此裝置能到達哪一步。"},
    {Later, "稍後"},
    {NewPin, "設定員工 PIN"},
    {NewPinAgain, "請再輸入一次"},
    {NewPinDiffers, "兩次輸入不一致。請重新設定。"},
    {NewPinFailed, "無法儲存 PIN。請重試。"},
    {NewPinHint, "6 到 12 位數字"},
    {SetUp, "設定"},
    {SetUpDone, "可以為顧客服務了"},
    {SetUpDoneHint, "要開啟員工頁面，請按住文字起始一側的上角 3 秒，然後輸入 PIN。"},
    {SetUpDoneStore, "在伺服器傳送問卷之前，會使用範例問卷。"},
    {SetUpHow, "這台裝置將如何使用？"},
    {SetUpSample, "要使用哪份問卷？"},
    {Start, "開始"},
    {TryAgain, "重試"},
    {TryOut, "不連線伺服器試用"},
    {TryOutHint, "使用範例問卷。回答保存在此裝置上。"},
};

}  // namespace milepost::kiosk::staff::first_words
