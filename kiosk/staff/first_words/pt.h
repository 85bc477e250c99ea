#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kPortuguese[] = {
    {AddressHint, "Encontra-se na página web do servidor."},
    {AddressTitle, "Endereço do servidor"},
    {CodeHint, "Criado no servidor, válido por 15 minutos"},
    {CodeTitle, "Código de registo"},
    {CompareHint, "A página do servidor mostra as mesmas quatro palavras junto a este dispositivo. Se forem outras, revogue-o lá e verifique o endereço."},
    {CompareTitle, "Ligado. Compare estas palavras:"},
    {Connect, "Ligar a um servidor"},
    {ConnectFailed, "Não ligado"},
    {ConnectHint, "Com o endereço e um código criado lá"},
    {Connecting, "A ligar…"},
    {FailAddress, "Isto não é o endereço de um servidor. É como store.example.com ou store.example.com:8443."},
    {FailCode, "O servidor não aceita este código: está mal escrito, tem mais de 15 minutos ou já foi usado. Peça um novo."},
    {FailName, "O nome do servidor não foi encontrado. Verifique o endereço e se este dispositivo tem rede."},
    {FailUnreachable, "O servidor não responde. Verifique o endereço e se está a funcionar. O teste de rede mostra até onde chega este dispositivo."},
    {Later, "Mais tarde"},
    {NewPin, "Escolha um PIN para a equipa"},
    {NewPinAgain, "Escreva-o outra vez"},
    {NewPinDiffers, "Os dois não eram iguais. Escolha de novo."},
    {NewPinFailed, "Não foi possível guardar o PIN. Tente de novo."},
    {NewPinHint, "6 a 12 algarismos"},
    {SetUp, "Configuração"},
    {SetUpDone, "Pronto para os clientes"},
    {SetUpDoneHint, "Para as páginas da equipa, mantenha premido 3 segundos o canto superior onde começa a leitura e escreva o PIN."},
    {SetUpDoneStore, "Até o servidor enviar um inquérito, é apresentado um exemplo."},
    {SetUpHow, "Como será usado este quiosque?"},
    {SetUpSample, "Que inquérito deve apresentar?"},
    {Start, "Começar"},
    {TryAgain, "Tentar de novo"},
    {TryOut, "Experimentar sem servidor"},
    {TryOutHint, "Com um inquérito de exemplo. As respostas ficam neste dispositivo."},
};

}  // namespace milepost::kiosk::staff::first_words
