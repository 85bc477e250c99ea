#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kSpanish[] = {
    {Accessibility, "Accesibilidad"},
    {AgreeAndSend, "Aceptar y enviar"},
    {Back, "Atrás"},
    {ChangeAnswer, "Cambiar mi respuesta"},
    {ChooseSeveral, "Puede elegir varias respuestas"},
    {Close, "Cerrar"},
    {ContactEmail, "Correo electrónico"},
    {ContactKept, "Su contacto está guardado y cifrado. Lo que escriba ahora lo sustituye."},
    {ContactPhone, "Teléfono"},
    {Continue, "Continuar"},
    {Done, "Listo"},
    {EmailNeedsAt, "Un correo electrónico lleva una @, como nombre@example.com"},
    {EmailNeedsDomain, "Después de la @ va algo como example.com"},
    {EmailNeedsName, "Falta la parte anterior a la @"},
    {EmailOddSign, "Contiene un signo que ningún correo electrónico tiene"},
    {Finish, "Finalizar"},
    {HighContrast, "Alto contraste"},
    {LargerText, "Texto más grande"},
    {Next, "Siguiente"},
    {OutOfService, "Fuera de servicio"},
    {OutOfServiceHint, "No podemos guardar las respuestas en este momento. Por favor, avise a nuestro personal."},
    {PhoneOddSign, "Un número de teléfono solo tiene cifras y un + delante"},
    {PhoneTooLong, "Es demasiado largo para un número de teléfono"},
    {PhoneTooShort, "Es demasiado corto para un número de teléfono"},
    {PrivacyAbout, "Guardamos lo que selecciona y escribe aquí, junto con la hora, el idioma y el dispositivo. No sabemos quién es, salvo que nos lo diga."},
    {PrivacyLink, "¿Qué pasa con mi respuesta?"},
    {PrivacyPurpose, "La empresa responsable de este dispositivo usa su respuesta, junto con todas las demás, para mejorar y la conserva mientras compare resultados."},
    {PrivacySensors, "Este dispositivo no utiliza cámara ni micrófono."},
    {Progress, "Pregunta {n} de {m}"},
    {Receipt, "Anote este código por si quiere que se borren sus respuestas"},
    {Saving, "Guardando…"},
    {Skip, "Omitir"},
    {StartOver, "Empezar de nuevo"},
    {StillThere, "¿Sigue ahí?"},
    {StillThereHint, "Si no, se cerrará para la siguiente persona."},
    {ThankYou, "¡Gracias!"},
    {WriteHere, "Escriba aquí"},
};

}  // namespace milepost::kiosk::words
