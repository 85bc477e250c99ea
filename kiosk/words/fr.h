#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kFrench[] = {
    {Accessibility, "Accessibilité"},
    {Back, "Retour"},
    {ChangeAnswer, "Modifier ma réponse"},
    {ChooseSeveral, "Plusieurs réponses possibles"},
    {Close, "Fermer"},
    {Continue, "Continuer"},
    {Done, "Terminé"},
    {Finish, "Terminer"},
    {HighContrast, "Contraste élevé"},
    {LargerText, "Texte plus grand"},
    {Next, "Suivant"},
    {OutOfService, "Hors service"},
    {OutOfServiceHint, "Nous ne pouvons pas enregistrer les réponses pour le moment. Merci de prévenir un membre du personnel."},
    {PrivacyAbout, "Nous conservons ce que vous sélectionnez ici, avec l’heure, la langue et l’appareil utilisé. Nous ne savons pas qui vous êtes."},
    {PrivacyLink, "Que devient ma réponse ?"},
    {PrivacyPurpose, "L’exploitant de cet appareil utilise votre réponse, avec toutes les autres, pour s’améliorer et la conserve tant qu’il compare des résultats."},
    {PrivacySensors, "Cet appareil n’utilise ni caméra ni microphone."},
    {Progress, "Question {n} sur {m}"},
    {Saving, "Enregistrement…"},
    {Skip, "Passer"},
    {StartOver, "Recommencer"},
    {StillThere, "Êtes-vous toujours là ?"},
    {StillThereHint, "Sinon, cet écran se ferme pour la personne suivante."},
    {ThankYou, "Merci !"},
    {TypingUnavailable, "La saisie de texte n’est pas encore possible sur cet appareil."},
};

}  // namespace milepost::kiosk::words
