#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kTurkish[] = {
    {Accessibility, "Erişilebilirlik"},
    {Back, "Geri"},
    {ChangeAnswer, "Yanıtı değiştir"},
    {ChooseSeveral, "Birden fazla seçim yapabilirsiniz"},
    {Close, "Kapat"},
    {Continue, "Devam"},
    {Done, "Tamam"},
    {Finish, "Bitir"},
    {HighContrast, "Yüksek kontrast"},
    {LargerText, "Daha büyük yazı"},
    {Next, "İleri"},
    {OutOfService, "Hizmet dışı"},
    {OutOfServiceHint, "Şu anda yanıtları kaydedemiyoruz. Lütfen bir görevliye haber verin."},
    {PrivacyAbout, "Burada seçtiklerinizi saat, dil ve cihaz bilgisiyle birlikte saklıyoruz. Kim olduğunuzu bilmiyoruz."},
    {PrivacyLink, "Yanıtım nasıl kullanılıyor?"},
    {PrivacyPurpose, "Bu cihazı işleten kuruluş yanıtınızı diğer tüm yanıtlarla birlikte gelişmek için kullanır ve sonuçları karşılaştırdığı sürece saklar."},
    {PrivacySensors, "Bu cihazda kamera ve mikrofon kullanılmaz."},
    {Progress, "Soru {n} / {m}"},
    {Saving, "Kaydediliyor…"},
    {Skip, "Atla"},
    {StartOver, "Yeniden başla"},
    {StillThere, "Hâlâ orada mısınız?"},
    {StillThereHint, "Aksi takdirde ekran sıradaki kişi için kapanacak."},
    {ThankYou, "Teşekkür ederiz!"},
    {TypingUnavailable, "Bu cihazda henüz yazı yazılamıyor."},
};

}  // namespace milepost::kiosk::words
