#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kSpanish[] = {
    {Accessibility, "Accesibilidad"},
    {Back, "Atrás"},
    {ChangeAnswer, "Cambiar mi respuesta"},
    {ChooseSeveral, "Puede elegir varias respuestas"},
    {Close, "Cerrar"},
    {Continue, "Continuar"},
    {Done, "Listo"},
    {Finish, "Finalizar"},
    {HighContrast, "Alto contraste"},
    {LargerText, "Texto más grande"},
    {Next, "Siguiente"},
    {OutOfService, "Fuera de servicio"},
    {OutOfServiceHint, "No podemos guardar las respuestas en este momento. Por favor, avise a nuestro personal."},
    {PrivacyAbout, "Guardamos lo que selecciona aquí, junto con la hora, el idioma y el dispositivo. No sabemos quién es."},
    {PrivacyLink, "¿Qué pasa con mi respuesta?"},
    {PrivacyPurpose, "La empresa responsable de este dispositivo usa su respuesta, junto con todas las demás, para mejorar y la conserva mientras compare resultados."},
    {PrivacySensors, "Este dispositivo no utiliza cámara ni micrófono."},
    {Progress, "Pregunta {n} de {m}"},
    {Saving, "Guardando…"},
    {Skip, "Omitir"},
    {StartOver, "Empezar de nuevo"},
    {StillThere, "¿Sigue ahí?"},
    {StillThereHint, "Si no, se cerrará para la siguiente persona."},
    {ThankYou, "¡Gracias!"},
    {TypingUnavailable, "Todavía no se puede escribir en este dispositivo."},
};

}  // namespace milepost::kiosk::words
