#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kJapanese[] = {
    {Accessibility, "アクセシビリティ"},
    {Back, "戻る"},
    {ChangeAnswer, "回答を変更する"},
    {ChooseSeveral, "複数選択できます"},
    {Close, "閉じる"},
    {Continue, "続ける"},
    {Done, "完了"},
    {Finish, "終了する"},
    {HighContrast, "ハイコントラスト"},
    {LargerText, "文字を大きく"},
    {Next, "次へ"},
    {OutOfService, "ご利用いただけません"},
    {OutOfServiceHint, "ただいま回答を保存できません。お近くのスタッフにお知らせください。"},
    {PrivacyAbout, "ここで選択された内容を、時刻、言語、端末の情報とともに保存します。どなたの回答かはわかりません。"},
    {PrivacyLink, "回答の取り扱いについて"},
    {PrivacyPurpose, "この端末の運営者が、ほかの方々の回答とあわせて改善のために利用し、結果を比較している間保管します。"},
    {PrivacySensors, "この端末はカメラもマイクも使用していません。"},
    {Progress, "質問 {n} / {m}"},
    {Saving, "保存しています…"},
    {Skip, "スキップ"},
    {StartOver, "最初から"},
    {StillThere, "まだご利用中ですか？"},
    {StillThereHint, "操作がない場合は、次の方のために終了します。"},
    {ThankYou, "ありがとうございました"},
    {TypingUnavailable, "この端末ではまだ文字入力ができません。"},
};

}  // namespace milepost::kiosk::words
