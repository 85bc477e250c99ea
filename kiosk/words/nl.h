#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kDutch[] = {
    {Accessibility, "Toegankelijkheid"},
    {AgreeAndSend, "Akkoord en verzenden"},
    {Back, "Terug"},
    {ChangeAnswer, "Antwoord wijzigen"},
    {ChooseSeveral, "Meerdere antwoorden mogelijk"},
    {Close, "Sluiten"},
    {ContactEmail, "E-mailadres"},
    {ContactKept, "Uw contact is versleuteld bewaard. Wat u nu schrijft, komt ervoor in de plaats."},
    {ContactPhone, "Telefoon"},
    {Continue, "Doorgaan"},
    {Done, "Gereed"},
    {EmailNeedsAt, "In een e-mailadres staat een @, zoals naam@example.com"},
    {EmailNeedsDomain, "Achter de @ hoort iets als example.com"},
    {EmailNeedsName, "Het deel voor de @ ontbreekt"},
    {EmailOddSign, "Er staat een teken in dat geen e-mailadres heeft"},
    {Finish, "Afronden"},
    {HighContrast, "Hoog contrast"},
    {LargerText, "Grotere tekst"},
    {Next, "Volgende"},
    {OutOfService, "Buiten gebruik"},
    {OutOfServiceHint, "We kunnen nu geen antwoorden opslaan. Waarschuw alstublieft een medewerker."},
    {PhoneOddSign, "Een telefoonnummer heeft alleen cijfers, met een + ervoor"},
    {PhoneTooLong, "Dat is te lang voor een telefoonnummer"},
    {PhoneTooShort, "Dat is te kort voor een telefoonnummer"},
    {PrivacyAbout, "We bewaren wat u hier aantikt en schrijft, met de tijd, de taal en welk apparaat het was. We weten niet wie u bent, tenzij u het ons zegt."},
    {PrivacyLink, "Wat gebeurt er met mijn antwoord?"},
    {PrivacyPurpose, "De beheerder van dit apparaat gebruikt uw antwoord, samen met alle andere, om te verbeteren en bewaart het zolang er resultaten worden vergeleken."},
    {PrivacySensors, "Dit apparaat gebruikt geen camera en geen microfoon."},
    {Progress, "Vraag {n} van {m}"},
    {Receipt, "Noteer deze code als u uw antwoorden wilt laten wissen"},
    {Saving, "Bezig met opslaan…"},
    {Skip, "Overslaan"},
    {StartOver, "Opnieuw beginnen"},
    {StillThere, "Bent u er nog?"},
    {StillThereHint, "Anders wordt dit afgesloten voor de volgende persoon."},
    {ThankYou, "Hartelijk dank!"},
    {WriteHere, "Schrijf hier"},
};

}  // namespace milepost::kiosk::words
