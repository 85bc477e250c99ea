#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kDutch[] = {
    {Accessibility, "Toegankelijkheid"},
    {Back, "Terug"},
    {ChangeAnswer, "Antwoord wijzigen"},
    {ChooseSeveral, "Meerdere antwoorden mogelijk"},
    {Close, "Sluiten"},
    {Continue, "Doorgaan"},
    {Done, "Gereed"},
    {Finish, "Afronden"},
    {HighContrast, "Hoog contrast"},
    {LargerText, "Grotere tekst"},
    {Next, "Volgende"},
    {OutOfService, "Buiten gebruik"},
    {OutOfServiceHint, "We kunnen nu geen antwoorden opslaan. Waarschuw alstublieft een medewerker."},
    {PrivacyAbout, "We bewaren wat u hier aantikt, met de tijd, de taal en welk apparaat het was. We weten niet wie u bent."},
    {PrivacyLink, "Wat gebeurt er met mijn antwoord?"},
    {PrivacyPurpose, "De beheerder van dit apparaat gebruikt uw antwoord, samen met alle andere, om te verbeteren en bewaart het zolang er resultaten worden vergeleken."},
    {PrivacySensors, "Dit apparaat gebruikt geen camera en geen microfoon."},
    {Progress, "Vraag {n} van {m}"},
    {Saving, "Bezig met opslaan…"},
    {Skip, "Overslaan"},
    {StartOver, "Opnieuw beginnen"},
    {StillThere, "Bent u er nog?"},
    {StillThereHint, "Anders wordt dit afgesloten voor de volgende persoon."},
    {ThankYou, "Hartelijk dank!"},
    {TypingUnavailable, "Typen is op dit apparaat nog niet mogelijk."},
};

}  // namespace milepost::kiosk::words
