#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kPolish[] = {
    {Accessibility, "Dostępność"},
    {Back, "Wstecz"},
    {ChangeAnswer, "Zmień odpowiedź"},
    {ChooseSeveral, "Można wybrać kilka odpowiedzi"},
    {Close, "Zamknij"},
    {Continue, "Kontynuuj"},
    {Done, "Gotowe"},
    {Finish, "Zakończ"},
    {HighContrast, "Wysoki kontrast"},
    {LargerText, "Większy tekst"},
    {Next, "Dalej"},
    {OutOfService, "Nieczynne"},
    {OutOfServiceHint, "W tej chwili nie możemy zapisywać odpowiedzi. Prosimy powiadomić personel."},
    {PrivacyAbout, "Zapisujemy to, co zostanie tu wybrane, oraz czas, język i urządzenie. Nie wiemy, kto odpowiada."},
    {PrivacyLink, "Co się dzieje z moją odpowiedzią?"},
    {PrivacyPurpose, "Operator tego urządzenia wykorzystuje odpowiedź razem ze wszystkimi innymi, aby ulepszać usługi, i przechowuje ją tak długo, jak porównuje wyniki."},
    {PrivacySensors, "To urządzenie nie używa kamery ani mikrofonu."},
    {Progress, "Pytanie {n} z {m}"},
    {Saving, "Zapisywanie…"},
    {Skip, "Pomiń"},
    {StartOver, "Od początku"},
    {StillThere, "Czy kontynuować?"},
    {StillThereHint, "W przeciwnym razie ekran zamknie się dla następnej osoby."},
    {ThankYou, "Dziękujemy!"},
    {TypingUnavailable, "Na tym urządzeniu nie można jeszcze pisać."},
};

}  // namespace milepost::kiosk::words
