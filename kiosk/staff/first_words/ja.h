#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kJapanese[] = {
    {AddressHint, "サーバーのウェブページに表示されています。"},
    {AddressTitle, "サーバーのアドレス"},
    {CodeHint, "サーバーで発行、15分間有効"},
    {CodeTitle, "登録コード"},
    {CompareHint, "サーバーのページでこの端末の横に同じ四つの単語が表示されます。違う場合はそこで端末を失効させ、アドレスを確認してください。"},
    {CompareTitle, "接続しました。次の単語を見比べてください："},
    {Connect, "サーバーに接続する"},
    {ConnectFailed, "接続できませんでした"},
    {ConnectHint, "アドレスと、サーバーで発行したコードを使います"},
    {Connecting, "接続中…"},
    {FailAddress, "サーバーのアドレスではありません。store.example.com や store.example.com:8443 の形です。"},
    {FailCode, "サーバーがこのコードを受け付けません。入力違い、15分経過、または使用済みです。新しいコードを発行してください。"},
    {FailName, "サーバーの名前が見つかりません。アドレスと、この端末のネットワークを確認してください。"},
    {FailUnreachable, "サーバーが応答しません。アドレスと、動作しているかを確認してください。ネットワークテストで、どこまで届くか分かります。"},
    {Later, "あとで"},
    {NewPin, "スタッフ用PINを決める"},
    {NewPinAgain, "もう一度入力してください"},
    {NewPinDiffers, "二つが一致しませんでした。もう一度決めてください。"},
    {NewPinFailed, "PINを保存できませんでした。もう一度お試しください。"},
    {NewPinHint, "6〜12桁の数字"},
    {SetUp, "セットアップ"},
    {SetUpDone, "準備ができました"},
    {SetUpDoneHint, "スタッフ用ページは、文の始まる側の上の角を3秒間押してからPINを入力します。"},
    {SetUpDoneStore, "サーバーからアンケートが届くまで、サンプルを表示します。"},
    {SetUpHow, "このキオスクをどのように使いますか？"},
    {SetUpSample, "どのアンケートにしますか？"},
    {Start, "開始"},
    {TryAgain, "もう一度"},
    {TryOut, "サーバーなしで試す"},
    {TryOutHint, "サンプルのアンケートを使います。回答はこの端末に残ります。"},
};

}  // namespace milepost::kiosk::staff::first_words
