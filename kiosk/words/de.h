#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kGerman[] = {
    {Accessibility, "Barrierefreiheit"},
    {Back, "Zurück"},
    {ChangeAnswer, "Antwort ändern"},
    {ChooseSeveral, "Mehrere Antworten möglich"},
    {Close, "Schließen"},
    {Continue, "Weitermachen"},
    {Done, "Fertig"},
    {Finish, "Abschließen"},
    {HighContrast, "Hoher Kontrast"},
    {LargerText, "Größere Schrift"},
    {Next, "Weiter"},
    {OutOfService, "Außer Betrieb"},
    {OutOfServiceHint, "Antworten können gerade nicht gespeichert werden. Bitte sagen Sie unserem Personal Bescheid."},
    {PrivacyAbout, "Wir speichern, was Sie hier antippen, dazu Zeit, Sprache und welches Gerät es war. Wer Sie sind, wissen wir nicht."},
    {PrivacyLink, "Was passiert mit meiner Antwort?"},
    {PrivacyPurpose, "Der Betreiber dieses Geräts nutzt sie zusammen mit allen anderen Antworten, um besser zu werden, und bewahrt sie auf, solange er Ergebnisse vergleicht."},
    {PrivacySensors, "Dieses Gerät benutzt weder Kamera noch Mikrofon."},
    {Progress, "Frage {n} von {m}"},
    {Saving, "Wird gespeichert …"},
    {Skip, "Überspringen"},
    {StartOver, "Neu beginnen"},
    {StillThere, "Sind Sie noch da?"},
    {StillThereHint, "Sonst wird hier für die nächste Person geschlossen."},
    {ThankYou, "Vielen Dank!"},
    {TypingUnavailable, "Texteingabe ist an diesem Gerät noch nicht möglich."},
};

}  // namespace milepost::kiosk::words
