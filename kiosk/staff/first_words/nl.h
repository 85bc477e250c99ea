#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kDutch[] = {
    {AddressHint, "Het staat op de webpagina van de server."},
    {AddressTitle, "Adres van de server"},
    {CodeHint, "Op de server gemaakt, 15 minuten geldig"},
    {CodeTitle, "Aanmeldcode"},
    {CompareHint, "De pagina van de server toont bij dit apparaat dezelfde vier woorden. Zijn het andere, blokkeer het apparaat daar en controleer het adres."},
    {CompareTitle, "Verbonden. Vergelijk deze woorden:"},
    {Connect, "Verbinden met een server"},
    {ConnectFailed, "Niet verbonden"},
    {ConnectHint, "Met het adres en een code die daar wordt gemaakt"},
    {Connecting, "Verbinden…"},
    {FailAddress, "Dat is geen adres van een server. Het lijkt op store.example.com of store.example.com:8443."},
    {FailCode, "De server neemt deze code niet aan: verkeerd getypt, ouder dan 15 minuten of al gebruikt. Laat er een nieuwe code maken."},
    {FailName, "De naam van de server is niet gevonden. Controleer het adres en of dit apparaat een netwerk heeft."},
    {FailUnreachable, "De server antwoordt niet. Controleer het adres en of hij draait. De netwerktest toont hoe ver dit apparaat komt."},
    {Later, "Later"},
    {NewPin, "Kies een pincode voor personeel"},
    {NewPinAgain, "Typ hem nog een keer"},
    {NewPinDiffers, "De twee waren niet gelijk. Kies opnieuw."},
    {NewPinFailed, "De pincode kon niet worden bewaard. Probeer het opnieuw."},
    {NewPinHint, "6 tot 12 cijfers"},
    {SetUp, "Instellen"},
    {SetUpDone, "Klaar voor klanten"},
    {SetUpDoneHint, "Houd voor de personeelspagina’s de bovenhoek waar het lezen begint 3 seconden vast en typ de pincode."},
    {SetUpDoneStore, "Tot de server een enquête stuurt, wordt een voorbeeld gevraagd."},
    {SetUpHow, "Hoe wordt deze kiosk gebruikt?"},
    {SetUpSample, "Welke enquête moet hij stellen?"},
    {Start, "Starten"},
    {TryAgain, "Opnieuw"},
    {TryOut, "Zonder server proberen"},
    {TryOutHint, "Met een voorbeeldenquête. Antwoorden blijven op dit apparaat."},
};

}  // namespace milepost::kiosk::staff::first_words
