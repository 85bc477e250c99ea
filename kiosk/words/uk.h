#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kUkrainian[] = {
    {Accessibility, "Доступність"},
    {Back, "Назад"},
    {ChangeAnswer, "Змінити відповідь"},
    {ChooseSeveral, "Можна вибрати кілька відповідей"},
    {Close, "Закрити"},
    {Continue, "Продовжити"},
    {Done, "Готово"},
    {Finish, "Завершити"},
    {HighContrast, "Високий контраст"},
    {LargerText, "Більший шрифт"},
    {Next, "Далі"},
    {OutOfService, "Не працює"},
    {OutOfServiceHint, "Зараз ми не можемо зберігати відповіді. Будь ласка, повідомте персонал."},
    {PrivacyAbout, "Ми зберігаємо те, що ви тут натискаєте, а також час, мову та пристрій. Хто ви, ми не знаємо."},
    {PrivacyLink, "Що буде з моєю відповіддю?"},
    {PrivacyPurpose, "Власник цього пристрою використовує відповідь разом з усіма іншими, щоб ставати кращим, і зберігає її, доки порівнює результати."},
    {PrivacySensors, "Цей пристрій не використовує ні камери, ні мікрофона."},
    {Progress, "Питання {n} з {m}"},
    {Saving, "Збереження…"},
    {Skip, "Пропустити"},
    {StartOver, "Почати знову"},
    {StillThere, "Ви ще тут?"},
    {StillThereHint, "Інакше екран закриється для наступної людини."},
    {ThankYou, "Дякуємо!"},
    {TypingUnavailable, "Введення тексту на цьому пристрої поки недоступне."},
};

}  // namespace milepost::kiosk::words
