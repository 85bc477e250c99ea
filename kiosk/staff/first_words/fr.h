#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kFrench[] = {
    {AddressHint, "Elle figure sur la page web du serveur."},
    {AddressTitle, "Adresse du serveur"},
    {CodeHint, "Créé sur le serveur, valable 15 minutes"},
    {CodeTitle, "Code d’inscription"},
    {CompareHint, "La page du serveur montre les quatre mêmes mots à côté de cet appareil. S’ils diffèrent, révoquez-y l’appareil et vérifiez l’adresse."},
    {CompareTitle, "Connecté. Comparez ces mots :"},
    {Connect, "Se connecter à un serveur"},
    {ConnectFailed, "Non connecté"},
    {ConnectHint, "Avec son adresse et un code créé là-bas"},
    {Connecting, "Connexion…"},
    {FailAddress, "Ce n’est pas l’adresse d’un serveur. Elle ressemble à store.example.com ou store.example.com:8443."},
    {FailCode, "Le serveur refuse ce code : mal saisi, vieux de plus de 15 minutes ou déjà utilisé. Faites-en créer un nouveau."},
    {FailName, "Le nom du serveur est introuvable. Vérifiez l’adresse et que cet appareil a un réseau."},
    {FailUnreachable, "Le serveur ne répond pas. Vérifiez l’adresse et qu’il fonctionne. Le test du réseau montre jusqu’où va cet appareil."},
    {Later, "Plus tard"},
    {NewPin, "Choisissez un code du personnel"},
    {NewPinAgain, "Saisissez-le encore une fois"},
    {NewPinDiffers, "Les deux étaient différents. Choisissez de nouveau."},
    {NewPinFailed, "Le code n’a pas pu être enregistré. Réessayez."},
    {NewPinHint, "6 à 12 chiffres"},
    {SetUp, "Installation"},
    {SetUpDone, "Prêt pour les clients"},
    {SetUpDoneHint, "Pour les pages du personnel, maintenez le coin supérieur où commence la lecture pendant 3 secondes, puis saisissez le code."},
    {SetUpDoneStore, "En attendant que le serveur envoie une enquête, un exemple est posé."},
    {SetUpHow, "Comment cette borne sera-t-elle utilisée ?"},
    {SetUpSample, "Quelle enquête doit-elle poser ?"},
    {Start, "Démarrer"},
    {TryAgain, "Réessayer"},
    {TryOut, "Essayer sans serveur"},
    {TryOutHint, "Avec un exemple d’enquête. Les réponses restent sur cet appareil."},
};

}  // namespace milepost::kiosk::staff::first_words
