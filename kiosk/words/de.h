#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kGerman[] = {
    {Accessibility, "Barrierefreiheit"},
    {AgreeAndSend, "Zustimmen und senden"},
    {Back, "Zurück"},
    {ChangeAnswer, "Antwort ändern"},
    {ChooseSeveral, "Mehrere Antworten möglich"},
    {Close, "Schließen"},
    {ContactEmail, "E-Mail"},
    {ContactKept, "Ihr Kontakt ist verschlüsselt gespeichert. Was Sie jetzt schreiben, ersetzt ihn."},
    {ContactPhone, "Telefon"},
    {Continue, "Weitermachen"},
    {Done, "Fertig"},
    {EmailNeedsAt, "In einer E-Mail-Adresse steht ein @, wie in name@example.com"},
    {EmailNeedsDomain, "Hinter das @ gehört etwas wie example.com"},
    {EmailNeedsName, "Der Teil vor dem @ fehlt"},
    {EmailOddSign, "Darin ist ein Zeichen, das in keiner E-Mail-Adresse steht"},
    {Finish, "Abschließen"},
    {HighContrast, "Hoher Kontrast"},
    {LargerText, "Größere Schrift"},
    {Next, "Weiter"},
    {OutOfService, "Außer Betrieb"},
    {OutOfServiceHint, "Antworten können gerade nicht gespeichert werden. Bitte sagen Sie unserem Personal Bescheid."},
    {PhoneOddSign, "Eine Telefonnummer hat nur Ziffern und vorne ein +"},
    {PhoneTooLong, "Das ist zu lang für eine Telefonnummer"},
    {PhoneTooShort, "Das ist zu kurz für eine Telefonnummer"},
    {PrivacyAbout, "Wir speichern, was Sie hier antippen und schreiben, dazu Zeit, Sprache und welches Gerät es war. Wer Sie sind, wissen wir nicht, außer Sie sagen es uns."},
    {PrivacyLink, "Was passiert mit meiner Antwort?"},
    {PrivacyPurpose, "Der Betreiber dieses Geräts nutzt sie zusammen mit allen anderen Antworten, um besser zu werden, und bewahrt sie auf, solange er Ergebnisse vergleicht."},
    {PrivacySensors, "Dieses Gerät benutzt weder Kamera noch Mikrofon."},
    {Progress, "Frage {n} von {m}"},
    {Receipt, "Notieren Sie diesen Code, falls Ihre Antworten gelöscht werden sollen"},
    {Saving, "Wird gespeichert …"},
    {Skip, "Überspringen"},
    {StartOver, "Neu beginnen"},
    {StillThere, "Sind Sie noch da?"},
    {StillThereHint, "Sonst wird hier für die nächste Person geschlossen."},
    {ThankYou, "Vielen Dank!"},
    {WriteHere, "Hier schreiben"},
};

}  // namespace milepost::kiosk::words
