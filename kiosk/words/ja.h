#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kJapanese[] = {
    {Accessibility, "アクセシビリティ"},
    {AgreeAndSend, "同意して送信"},
    {Back, "戻る"},
    {ChangeAnswer, "回答を変更する"},
    {ChooseSeveral, "複数選択できます"},
    {Close, "閉じる"},
    {ContactEmail, "メール"},
    {ContactKept, "連絡先は暗号化して保存されています。新しく入力すると置き換わります。"},
    {ContactPhone, "電話"},
    {Continue, "続ける"},
    {Done, "完了"},
    {EmailNeedsAt, "メールアドレスには @ が必要です（例：name@example.com）"},
    {EmailNeedsDomain, "@ の後に example.com のような部分が必要です"},
    {EmailNeedsName, "@ の前の部分がありません"},
    {EmailOddSign, "メールアドレスに使えない文字があります"},
    {Finish, "終了する"},
    {HighContrast, "ハイコントラスト"},
    {LargerText, "文字を大きく"},
    {Next, "次へ"},
    {OutOfService, "ご利用いただけません"},
    {OutOfServiceHint, "ただいま回答を保存できません。お近くのスタッフにお知らせください。"},
    {PhoneOddSign, "電話番号は数字と先頭の + だけです"},
    {PhoneTooLong, "電話番号としては長すぎます"},
    {PhoneTooShort, "電話番号としては短すぎます"},
    {PrivacyAbout, "ここで選択・入力された内容を、時刻、言語、端末の情報とともに保存します。お知らせいただかない限り、どなたの回答かはわかりません。"},
    {PrivacyLink, "回答の取り扱いについて"},
    {PrivacyPurpose, "この端末の運営者が、ほかの方々の回答とあわせて改善のために利用し、結果を比較している間保管します。"},
    {PrivacySensors, "この端末はカメラもマイクも使用していません。"},
    {Progress, "質問 {n} / {m}"},
    {Receipt, "回答の削除を希望される場合は、このコードをお控えください"},
    {Saving, "保存しています…"},
    {Skip, "スキップ"},
    {StartOver, "最初から"},
    {StillThere, "まだご利用中ですか？"},
    {StillThereHint, "操作がない場合は、次の方のために終了します。"},
    {ThankYou, "ありがとうございました"},
    {WriteHere, "ここに入力"},
};

}  // namespace milepost::kiosk::words
