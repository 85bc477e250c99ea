#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kSpanish[] = {
    {AddressHint, "Figura en la página web del servidor."},
    {AddressTitle, "Dirección del servidor"},
    {CodeHint, "Se crea en el servidor y vale 15 minutos"},
    {CodeTitle, "Código de alta"},
    {CompareHint, "La página del servidor muestra las mismas cuatro palabras junto a este dispositivo. Si son otras, revóquelo allí y compruebe la dirección."},
    {CompareTitle, "Conectado. Compare estas palabras:"},
    {Connect, "Conectar con un servidor"},
    {ConnectFailed, "Sin conexión"},
    {ConnectHint, "Con su dirección y un código que se crea allí"},
    {Connecting, "Conectando…"},
    {FailAddress, "Eso no es la dirección de un servidor. Es como store.example.com o store.example.com:8443."},
    {FailCode, "El servidor no acepta este código: está mal escrito, tiene más de 15 minutos o ya se usó. Pida uno nuevo."},
    {FailName, "No se encontró el nombre del servidor. Compruebe la dirección y que este dispositivo tenga red."},
    {FailUnreachable, "El servidor no responde. Compruebe la dirección y que funcione. La prueba de red muestra hasta dónde llega este dispositivo."},
    {Later, "Más tarde"},
    {NewPin, "Elija un PIN para el personal"},
    {NewPinAgain, "Escríbalo otra vez"},
    {NewPinDiffers, "Los dos no eran iguales. Elija de nuevo."},
    {NewPinFailed, "No se pudo guardar el PIN. Inténtelo de nuevo."},
    {NewPinHint, "De 6 a 12 cifras"},
    {SetUp, "Configuración"},
    {SetUpDone, "Listo para los clientes"},
    {SetUpDoneHint, "Para las páginas del personal, mantenga pulsada 3 segundos la esquina superior donde empieza la lectura y escriba el PIN."},
    {SetUpDoneStore, "Hasta que el servidor envíe una encuesta se hace una de ejemplo."},
    {SetUpHow, "¿Cómo se usará este quiosco?"},
    {SetUpSample, "¿Qué encuesta debe hacer?"},
    {Start, "Empezar"},
    {TryAgain, "Reintentar"},
    {TryOut, "Probar sin servidor"},
    {TryOutHint, "Con una encuesta de ejemplo. Las respuestas se quedan en este dispositivo."},
};

}  // namespace milepost::kiosk::staff::first_words
