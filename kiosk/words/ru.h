#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kRussian[] = {
    {Accessibility, "Спецвозможности"},
    {AgreeAndSend, "Согласиться и отправить"},
    {Back, "Назад"},
    {ChangeAnswer, "Изменить ответ"},
    {ChooseSeveral, "Можно выбрать несколько ответов"},
    {Close, "Закрыть"},
    {ContactEmail, "Эл. почта"},
    {ContactKept, "Ваш контакт сохранён в зашифрованном виде. То, что вы напишете сейчас, заменит его."},
    {ContactPhone, "Телефон"},
    {Continue, "Продолжить"},
    {Done, "Готово"},
    {EmailNeedsAt, "В адресе почты есть @, например name@example.com"},
    {EmailNeedsDomain, "После @ должно быть что-то вроде example.com"},
    {EmailNeedsName, "Не хватает части перед @"},
    {EmailOddSign, "Здесь есть знак, которого не бывает в адресе почты"},
    {Finish, "Завершить"},
    {HighContrast, "Высокий контраст"},
    {LargerText, "Крупный шрифт"},
    {Next, "Далее"},
    {OutOfService, "Не работает"},
    {OutOfServiceHint, "Сейчас мы не можем сохранять ответы. Пожалуйста, сообщите персоналу."},
    {PhoneOddSign, "В номере телефона только цифры и + в начале"},
    {PhoneTooLong, "Слишком длинный номер телефона"},
    {PhoneTooShort, "Слишком короткий номер телефона"},
    {PrivacyAbout, "Мы сохраняем то, что вы здесь нажимаете и пишете, а также время, язык и устройство. Кто вы, мы не знаем, если вы сами не скажете."},
    {PrivacyLink, "Что будет с моим ответом?"},
    {PrivacyPurpose, "Владелец этого устройства использует ответ вместе со всеми остальными, чтобы становиться лучше, и хранит его, пока сравнивает результаты."},
    {PrivacySensors, "Это устройство не использует ни камеру, ни микрофон."},
    {Progress, "Вопрос {n} из {m}"},
    {Receipt, "Запишите этот код, если захотите удалить свои ответы"},
    {Saving, "Сохранение…"},
    {Skip, "Пропустить"},
    {StartOver, "Начать заново"},
    {StillThere, "Вы ещё здесь?"},
    {StillThereHint, "Иначе экран закроется для следующего человека."},
    {ThankYou, "Спасибо!"},
    {WriteHere, "Пишите здесь"},
};

}  // namespace milepost::kiosk::words
