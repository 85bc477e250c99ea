#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kPolish[] = {
    {AddressHint, "Znajduje się na stronie serwera."},
    {AddressTitle, "Adres serwera"},
    {CodeHint, "Utworzony na serwerze, ważny 15 minut"},
    {CodeTitle, "Kod rejestracji"},
    {CompareHint, "Strona serwera pokazuje przy tym urządzeniu te same cztery słowa. Jeśli są inne, unieważnij tam urządzenie i sprawdź adres."},
    {CompareTitle, "Połączono. Porównaj te słowa:"},
    {Connect, "Połącz z serwerem"},
    {ConnectFailed, "Brak połączenia"},
    {ConnectHint, "Adresem i kodem, który tam powstaje"},
    {Connecting, "Łączenie…"},
    {FailAddress, "To nie jest adres serwera. Wygląda on jak store.example.com albo store.example.com:8443."},
    {FailCode, "Serwer nie przyjmuje tego kodu: jest źle wpisany, starszy niż 15 minut albo już użyty. Poproś o nowy."},
    {FailName, "Nie znaleziono nazwy serwera. Sprawdź adres i czy urządzenie ma sieć."},
    {FailUnreachable, "Serwer nie odpowiada. Sprawdź adres i czy działa. Test sieci pokazuje, jak daleko sięga to urządzenie."},
    {Later, "Później"},
    {NewPin, "Wybierz PIN dla personelu"},
    {NewPinAgain, "Wpisz go jeszcze raz"},
    {NewPinDiffers, "Oba nie były takie same. Wybierz ponownie."},
    {NewPinFailed, "Nie udało się zapisać PIN-u. Spróbuj ponownie."},
    {NewPinHint, "Od 6 do 12 cyfr"},
    {SetUp, "Konfiguracja"},
    {SetUpDone, "Gotowe dla klientów"},
    {SetUpDoneHint, "Aby otworzyć strony personelu, przytrzymaj przez 3 sekundy górny róg, w którym zaczyna się tekst, i wpisz PIN."},
    {SetUpDoneStore, "Dopóki serwer nie przyśle ankiety, zadawana jest przykładowa."},
    {SetUpHow, "Jak będzie używany ten kiosk?"},
    {SetUpSample, "Którą ankietę ma zadawać?"},
    {Start, "Start"},
    {TryAgain, "Spróbuj ponownie"},
    {TryOut, "Wypróbuj bez serwera"},
    {TryOutHint, "Z przykładową ankietą. Odpowiedzi zostają na tym urządzeniu."},
};

}  // namespace milepost::kiosk::staff::first_words
