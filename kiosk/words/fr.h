#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kFrench[] = {
    {Accessibility, "Accessibilité"},
    {AgreeAndSend, "Accepter et envoyer"},
    {Back, "Retour"},
    {ChangeAnswer, "Modifier ma réponse"},
    {ChooseSeveral, "Plusieurs réponses possibles"},
    {Close, "Fermer"},
    {ContactEmail, "Courriel"},
    {ContactKept, "Votre contact est conservé, chiffré. Ce que vous écrivez maintenant le remplace."},
    {ContactPhone, "Téléphone"},
    {Continue, "Continuer"},
    {Done, "Terminé"},
    {EmailNeedsAt, "Une adresse e-mail contient un @, comme nom@example.com"},
    {EmailNeedsDomain, "Il faut après le @ quelque chose comme example.com"},
    {EmailNeedsName, "La partie avant le @ manque"},
    {EmailOddSign, "Elle contient un signe qu’aucune adresse e-mail n’a"},
    {Finish, "Terminer"},
    {HighContrast, "Contraste élevé"},
    {LargerText, "Texte plus grand"},
    {Next, "Suivant"},
    {OutOfService, "Hors service"},
    {OutOfServiceHint, "Nous ne pouvons pas enregistrer les réponses pour le moment. Merci de prévenir un membre du personnel."},
    {PhoneOddSign, "Un numéro de téléphone n’a que des chiffres, et un + devant"},
    {PhoneTooLong, "C’est trop long pour un numéro de téléphone"},
    {PhoneTooShort, "C’est trop court pour un numéro de téléphone"},
    {PrivacyAbout, "Nous conservons ce que vous sélectionnez et écrivez ici, avec l’heure, la langue et l’appareil utilisé. Nous ne savons pas qui vous êtes, sauf si vous nous le dites."},
    {PrivacyLink, "Que devient ma réponse ?"},
    {PrivacyPurpose, "L’exploitant de cet appareil utilise votre réponse, avec toutes les autres, pour s’améliorer et la conserve tant qu’il compare des résultats."},
    {PrivacySensors, "Cet appareil n’utilise ni caméra ni microphone."},
    {Progress, "Question {n} sur {m}"},
    {Receipt, "Notez ce code si vous souhaitez faire effacer vos réponses"},
    {Saving, "Enregistrement…"},
    {Skip, "Passer"},
    {StartOver, "Recommencer"},
    {StillThere, "Êtes-vous toujours là ?"},
    {StillThereHint, "Sinon, cet écran se ferme pour la personne suivante."},
    {ThankYou, "Merci !"},
    {WriteHere, "Écrivez ici"},
};

}  // namespace milepost::kiosk::words
