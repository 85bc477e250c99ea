#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kPortuguese[] = {
    {Accessibility, "Acessibilidade"},
    {Back, "Voltar"},
    {ChangeAnswer, "Alterar a resposta"},
    {ChooseSeveral, "Pode escolher mais de uma resposta"},
    {Close, "Fechar"},
    {Continue, "Continuar"},
    {Done, "Concluído"},
    {Finish, "Terminar"},
    {HighContrast, "Alto contraste"},
    {LargerText, "Texto maior"},
    {Next, "Avançar"},
    {OutOfService, "Fora de serviço"},
    {OutOfServiceHint, "Neste momento não é possível guardar respostas. Por favor, avise o atendimento."},
    {PrivacyAbout, "Guardamos o que selecionar aqui, com a hora, o idioma e o dispositivo usado. Não sabemos quem respondeu."},
    {PrivacyLink, "Como usamos a sua resposta?"},
    {PrivacyPurpose, "A empresa responsável por este dispositivo usa a sua resposta, com todas as outras, para melhorar e guarda-a enquanto comparar resultados."},
    {PrivacySensors, "Este dispositivo não usa câmera nem microfone."},
    {Progress, "Pergunta {n} de {m}"},
    {Saving, "Um momento…"},
    {Skip, "Ignorar"},
    {StartOver, "Recomeçar"},
    {StillThere, "Ainda está aí?"},
    {StillThereHint, "Caso contrário, será encerrado para a próxima pessoa."},
    {ThankYou, "Agradecemos a sua resposta!"},
    {TypingUnavailable, "Ainda não é possível escrever neste dispositivo."},
};

}  // namespace milepost::kiosk::words
