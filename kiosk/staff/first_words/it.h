#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kItalian[] = {
    {AddressHint, "Si trova sulla pagina web del server."},
    {AddressTitle, "Indirizzo del server"},
    {CodeHint, "Creato sul server, vale 15 minuti"},
    {CodeTitle, "Codice di registrazione"},
    {CompareHint, "La pagina del server mostra le stesse quattro parole accanto a questo dispositivo. Se sono diverse, revocatelo lì e controllate l’indirizzo."},
    {CompareTitle, "Collegato. Confrontate queste parole:"},
    {Connect, "Collegare a un server"},
    {ConnectFailed, "Non collegato"},
    {ConnectHint, "Con il suo indirizzo e un codice creato lì"},
    {Connecting, "Collegamento…"},
    {FailAddress, "Questo non è l’indirizzo di un server. È come store.example.com o store.example.com:8443."},
    {FailCode, "Il server non accetta questo codice: è scritto male, ha più di 15 minuti o è già stato usato. Fatene creare uno nuovo."},
    {FailName, "Il nome del server non è stato trovato. Controllate l’indirizzo e che il dispositivo sia in rete."},
    {FailUnreachable, "Il server non risponde. Controllate l’indirizzo e che sia acceso. La prova di rete mostra fin dove arriva questo dispositivo."},
    {Later, "Più tardi"},
    {NewPin, "Scegliete un PIN per il personale"},
    {NewPinAgain, "Digitatelo di nuovo"},
    {NewPinDiffers, "I due non erano uguali. Sceglietene un altro."},
    {NewPinFailed, "Il PIN non è stato salvato. Riprovate."},
    {NewPinHint, "Da 6 a 12 cifre"},
    {SetUp, "Configurazione"},
    {SetUpDone, "Pronto per i clienti"},
    {SetUpDoneHint, "Per le pagine del personale, tenete premuto per 3 secondi l’angolo in alto dove comincia la lettura, poi digitate il PIN."},
    {SetUpDoneStore, "Finché il server non invia un sondaggio, ne viene proposto uno di esempio."},
    {SetUpHow, "Come sarà usato questo chiosco?"},
    {SetUpSample, "Quale sondaggio deve proporre?"},
    {Start, "Inizia"},
    {TryAgain, "Riprova"},
    {TryOut, "Provarlo senza server"},
    {TryOutHint, "Con un sondaggio di esempio. Le risposte restano su questo dispositivo."},
};

}  // namespace milepost::kiosk::staff::first_words
