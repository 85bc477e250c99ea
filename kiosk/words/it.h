#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kItalian[] = {
    {Accessibility, "Accessibilità"},
    {AgreeAndSend, "Accetta e invia"},
    {Back, "Indietro"},
    {ChangeAnswer, "Modifica la risposta"},
    {ChooseSeveral, "Sono possibili più risposte"},
    {Close, "Chiudi"},
    {ContactEmail, "Indirizzo e-mail"},
    {ContactKept, "Il Suo contatto è conservato, cifrato. Ciò che scrive ora lo sostituisce."},
    {ContactPhone, "Telefono"},
    {Continue, "Continua"},
    {Done, "Fatto"},
    {EmailNeedsAt, "Un indirizzo e-mail contiene una @, come nome@example.com"},
    {EmailNeedsDomain, "Dopo la @ serve qualcosa come example.com"},
    {EmailNeedsName, "Manca la parte prima della @"},
    {EmailOddSign, "Contiene un segno che nessun indirizzo e-mail ha"},
    {Finish, "Termina"},
    {HighContrast, "Contrasto elevato"},
    {LargerText, "Testo più grande"},
    {Next, "Avanti"},
    {OutOfService, "Fuori servizio"},
    {OutOfServiceHint, "Al momento non possiamo salvare le risposte. La preghiamo di avvisare il personale."},
    {PhoneOddSign, "Un numero di telefono ha solo cifre, e un + davanti"},
    {PhoneTooLong, "È troppo lungo per un numero di telefono"},
    {PhoneTooShort, "È troppo corto per un numero di telefono"},
    {PrivacyAbout, "Conserviamo ciò che seleziona e scrive qui, con l’ora, la lingua e il dispositivo. Non sappiamo chi è, a meno che non ce lo dica."},
    {PrivacyLink, "Come usate la mia risposta?"},
    {PrivacyPurpose, "Il gestore di questo dispositivo usa la Sua risposta, insieme a tutte le altre, per migliorare e la conserva finché confronta i risultati."},
    {PrivacySensors, "Questo dispositivo non usa né telecamera né microfono."},
    {Progress, "Domanda {n} di {m}"},
    {Receipt, "Annoti questo codice se vuole far cancellare le Sue risposte"},
    {Saving, "Salvataggio…"},
    {Skip, "Salta"},
    {StartOver, "Ricomincia"},
    {StillThere, "È ancora qui?"},
    {StillThereHint, "Altrimenti si chiuderà per la prossima persona."},
    {ThankYou, "Grazie!"},
    {WriteHere, "Scriva qui"},
};

}  // namespace milepost::kiosk::words
