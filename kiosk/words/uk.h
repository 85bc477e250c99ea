#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kUkrainian[] = {
    {Accessibility, "Доступність"},
    {AgreeAndSend, "Погодитися й надіслати"},
    {Back, "Назад"},
    {ChangeAnswer, "Змінити відповідь"},
    {ChooseSeveral, "Можна вибрати кілька відповідей"},
    {Close, "Закрити"},
    {ContactEmail, "Ел. пошта"},
    {ContactKept, "Ваш контакт збережено в зашифрованому вигляді. Те, що ви напишете зараз, замінить його."},
    {ContactPhone, "Телефон"},
    {Continue, "Продовжити"},
    {Done, "Готово"},
    {EmailNeedsAt, "В адресі пошти є @, наприклад name@example.com"},
    {EmailNeedsDomain, "Після @ має бути щось на зразок example.com"},
    {EmailNeedsName, "Бракує частини перед @"},
    {EmailOddSign, "Тут є знак, якого не буває в адресі пошти"},
    {Finish, "Завершити"},
    {HighContrast, "Високий контраст"},
    {LargerText, "Більший шрифт"},
    {Next, "Далі"},
    {OutOfService, "Не працює"},
    {OutOfServiceHint, "Зараз ми не можемо зберігати відповіді. Будь ласка, повідомте персонал."},
    {PhoneOddSign, "У номері телефону лише цифри та + на початку"},
    {PhoneTooLong, "Задовгий номер телефону"},
    {PhoneTooShort, "Закороткий номер телефону"},
    {PrivacyAbout, "Ми зберігаємо те, що ви тут натискаєте й пишете, а також час, мову та пристрій. Хто ви, ми не знаємо, якщо ви самі не скажете."},
    {PrivacyLink, "Що буде з моєю відповіддю?"},
    {PrivacyPurpose, "Власник цього пристрою використовує відповідь разом з усіма іншими, щоб ставати кращим, і зберігає її, доки порівнює результати."},
    {PrivacySensors, "Цей пристрій не використовує ні камери, ні мікрофона."},
    {Progress, "Питання {n} з {m}"},
    {Receipt, "Запишіть цей код, якщо захочете видалити свої відповіді"},
    {Saving, "Збереження…"},
    {Skip, "Пропустити"},
    {StartOver, "Почати знову"},
    {StillThere, "Ви ще тут?"},
    {StillThereHint, "Інакше екран закриється для наступної людини."},
    {ThankYou, "Дякуємо!"},
    {WriteHere, "Пишіть тут"},
};

}  // namespace milepost::kiosk::words
