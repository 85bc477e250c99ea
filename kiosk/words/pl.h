#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kPolish[] = {
    {Accessibility, "Dostępność"},
    {AgreeAndSend, "Zgoda i wyślij"},
    {Back, "Wstecz"},
    {ChangeAnswer, "Zmień odpowiedź"},
    {ChooseSeveral, "Można wybrać kilka odpowiedzi"},
    {Close, "Zamknij"},
    {ContactEmail, "Adres e-mail"},
    {ContactKept, "Kontakt jest zapisany i zaszyfrowany. To, co teraz zostanie wpisane, zastąpi go."},
    {ContactPhone, "Telefon"},
    {Continue, "Kontynuuj"},
    {Done, "Gotowe"},
    {EmailNeedsAt, "Adres e-mail zawiera @, na przykład imie@example.com"},
    {EmailNeedsDomain, "Po @ powinno być coś takiego jak example.com"},
    {EmailNeedsName, "Brakuje części przed @"},
    {EmailOddSign, "Jest tu znak, którego nie ma w adresach e-mail"},
    {Finish, "Zakończ"},
    {HighContrast, "Wysoki kontrast"},
    {LargerText, "Większy tekst"},
    {Next, "Dalej"},
    {OutOfService, "Nieczynne"},
    {OutOfServiceHint, "W tej chwili nie możemy zapisywać odpowiedzi. Prosimy powiadomić personel."},
    {PhoneOddSign, "Numer telefonu ma tylko cyfry i + na początku"},
    {PhoneTooLong, "To za długi numer telefonu"},
    {PhoneTooShort, "To za krótki numer telefonu"},
    {PrivacyAbout, "Zapisujemy to, co zostanie tu wybrane i napisane, oraz czas, język i urządzenie. Nie wiemy, kto odpowiada, chyba że zostanie to podane."},
    {PrivacyLink, "Co się dzieje z moją odpowiedzią?"},
    {PrivacyPurpose, "Operator tego urządzenia wykorzystuje odpowiedź razem ze wszystkimi innymi, aby ulepszać usługi, i przechowuje ją tak długo, jak porównuje wyniki."},
    {PrivacySensors, "To urządzenie nie używa kamery ani mikrofonu."},
    {Progress, "Pytanie {n} z {m}"},
    {Receipt, "Prosimy zapisać ten kod, aby móc usunąć odpowiedzi"},
    {Saving, "Zapisywanie…"},
    {Skip, "Pomiń"},
    {StartOver, "Od początku"},
    {StillThere, "Czy kontynuować?"},
    {StillThereHint, "W przeciwnym razie ekran zamknie się dla następnej osoby."},
    {ThankYou, "Dziękujemy!"},
    {WriteHere, "Proszę pisać tutaj"},
};

}  // namespace milepost::kiosk::words
