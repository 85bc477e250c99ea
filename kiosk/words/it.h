#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kItalian[] = {
    {Accessibility, "Accessibilità"},
    {Back, "Indietro"},
    {ChangeAnswer, "Modifica la risposta"},
    {ChooseSeveral, "Sono possibili più risposte"},
    {Close, "Chiudi"},
    {Continue, "Continua"},
    {Done, "Fatto"},
    {Finish, "Termina"},
    {HighContrast, "Contrasto elevato"},
    {LargerText, "Testo più grande"},
    {Next, "Avanti"},
    {OutOfService, "Fuori servizio"},
    {OutOfServiceHint, "Al momento non possiamo salvare le risposte. La preghiamo di avvisare il personale."},
    {PrivacyAbout, "Conserviamo ciò che seleziona qui, con l’ora, la lingua e il dispositivo. Non sappiamo chi è."},
    {PrivacyLink, "Come usate la mia risposta?"},
    {PrivacyPurpose, "Il gestore di questo dispositivo usa la Sua risposta, insieme a tutte le altre, per migliorare e la conserva finché confronta i risultati."},
    {PrivacySensors, "Questo dispositivo non usa né telecamera né microfono."},
    {Progress, "Domanda {n} di {m}"},
    {Saving, "Salvataggio…"},
    {Skip, "Salta"},
    {StartOver, "Ricomincia"},
    {StillThere, "È ancora qui?"},
    {StillThereHint, "Altrimenti si chiuderà per la prossima persona."},
    {ThankYou, "Grazie!"},
    {TypingUnavailable, "Su questo dispositivo non è ancora possibile scrivere."},
};

}  // namespace milepost::kiosk::words
