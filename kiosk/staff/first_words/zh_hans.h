#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kSimplifiedChinese[] = {
    {AddressHint, "地址显示在服务器的网页上。"},
    {AddressTitle, "服务器地址"},
    {CodeHint, "在服务器上生成，15 分钟内有效"},
    {CodeTitle, "注册码"},
    {CompareHint, "服务器页面会在此设备旁显示同样的四个单词。如果不同，请在那里吊销此设备并检查地址。"},
    {CompareTitle, "已连接。请核对这些单词："},
    {Connect, "连接服务器"},
    {ConnectFailed, "未连接"},
    {ConnectHint, "使用其地址和在那里生成的代码"},
    {Connecting, "正在连接…"},
    {FailAddress, "这不是服务器的地址。应类似 store.example.com 或 store.example.com:8443。"},
    {FailCode, "服务器不接受此代码：输入有误、超过 15 分钟或已被使用。请重新生成。"},
    {FailName, "找不到服务器的名称。请检查地址以及此设备的网络。"},
    {FailUnreachable, "服务器没有响应。请检查地址以及服务器是否在运行。网络测试会显示此设备能到达哪一步。"},
    {Later, "以后"},
    {NewPin, "设置员工 PIN"},
    {NewPinAgain, "请再输入一次"},
    {NewPinDiffers, "两次输入不一致。请重新设置。"},
    {NewPinFailed, "无法保存 PIN。请重试。"},
    {NewPinHint, "6 到 12 位数字"},
    {SetUp, "设置"},
    {SetUpDone, "可以为顾客服务了"},
    {SetUpDoneHint, "要打开员工页面，请按住文字起始一侧的上角 3 秒，然后输入 PIN。"},
    {SetUpDoneStore, "在服务器发送问卷之前，将使用示例问卷。"},
    {SetUpHow, "这台设备将如何使用？"},
    {SetUpSample, "要使用哪份问卷？"},
    {Start, "开始"},
    {TryAgain, "重试"},
    {TryOut, "不连接服务器试用"},
    {TryOutHint, "使用示例问卷。回答保存在此设备上。"},
};

}  // namespace milepost::kiosk::staff::first_words
