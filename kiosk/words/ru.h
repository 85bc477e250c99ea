#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kRussian[] = {
    {Accessibility, "Спецвозможности"},
    {Back, "Назад"},
    {ChangeAnswer, "Изменить ответ"},
    {ChooseSeveral, "Можно выбрать несколько ответов"},
    {Close, "Закрыть"},
    {Continue, "Продолжить"},
    {Done, "Готово"},
    {Finish, "Завершить"},
    {HighContrast, "Высокий контраст"},
    {LargerText, "Крупный шрифт"},
    {Next, "Далее"},
    {OutOfService, "Не работает"},
    {OutOfServiceHint, "Сейчас мы не можем сохранять ответы. Пожалуйста, сообщите персоналу."},
    {PrivacyAbout, "Мы сохраняем то, что вы здесь нажимаете, а также время, язык и устройство. Кто вы, мы не знаем."},
    {PrivacyLink, "Что будет с моим ответом?"},
    {PrivacyPurpose, "Владелец этого устройства использует ответ вместе со всеми остальными, чтобы становиться лучше, и хранит его, пока сравнивает результаты."},
    {PrivacySensors, "Это устройство не использует ни камеру, ни микрофон."},
    {Progress, "Вопрос {n} из {m}"},
    {Saving, "Сохранение…"},
    {Skip, "Пропустить"},
    {StartOver, "Начать заново"},
    {StillThere, "Вы ещё здесь?"},
    {StillThereHint, "Иначе экран закроется для следующего человека."},
    {ThankYou, "Спасибо!"},
    {TypingUnavailable, "Ввод текста на этом устройстве пока недоступен."},
};

}  // namespace milepost::kiosk::words
