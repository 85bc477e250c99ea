#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kPortuguese[] = {
    {Accessibility, "Acessibilidade"},
    {AgreeAndSend, "Aceitar e enviar"},
    {Back, "Voltar"},
    {ChangeAnswer, "Alterar a resposta"},
    {ChooseSeveral, "Pode escolher mais de uma resposta"},
    {Close, "Fechar"},
    {ContactEmail, "Correio eletrónico"},
    {ContactKept, "O seu contacto está guardado e cifrado. O que escrever agora substitui-o."},
    {ContactPhone, "Telefone"},
    {Continue, "Continuar"},
    {Done, "Concluído"},
    {EmailNeedsAt, "Um endereço de e-mail tem um @, como nome@example.com"},
    {EmailNeedsDomain, "Depois do @ vem algo como example.com"},
    {EmailNeedsName, "Falta a parte antes do @"},
    {EmailOddSign, "Tem um sinal que nenhum endereço de e-mail tem"},
    {Finish, "Terminar"},
    {HighContrast, "Alto contraste"},
    {LargerText, "Texto maior"},
    {Next, "Avançar"},
    {OutOfService, "Fora de serviço"},
    {OutOfServiceHint, "Neste momento não é possível guardar respostas. Por favor, avise o atendimento."},
    {PhoneOddSign, "Um número de telefone só tem algarismos e um + à frente"},
    {PhoneTooLong, "É demasiado longo para um número de telefone"},
    {PhoneTooShort, "É demasiado curto para um número de telefone"},
    {PrivacyAbout, "Guardamos o que selecionar e escrever aqui, com a hora, o idioma e o dispositivo usado. Não sabemos quem respondeu, a menos que nos diga."},
    {PrivacyLink, "Como usamos a sua resposta?"},
    {PrivacyPurpose, "A empresa responsável por este dispositivo usa a sua resposta, com todas as outras, para melhorar e guarda-a enquanto comparar resultados."},
    {PrivacySensors, "Este dispositivo não usa câmera nem microfone."},
    {Progress, "Pergunta {n} de {m}"},
    {Receipt, "Anote este código caso queira apagar as suas respostas"},
    {Saving, "Um momento…"},
    {Skip, "Ignorar"},
    {StartOver, "Recomeçar"},
    {StillThere, "Ainda está aí?"},
    {StillThereHint, "Caso contrário, será encerrado para a próxima pessoa."},
    {ThankYou, "Agradecemos a sua resposta!"},
    {WriteHere, "Escreva aqui"},
};

}  // namespace milepost::kiosk::words
