#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kTurkish[] = {
    {Accessibility, "Erişilebilirlik"},
    {AgreeAndSend, "Kabul et ve gönder"},
    {Back, "Geri"},
    {ChangeAnswer, "Yanıtı değiştir"},
    {ChooseSeveral, "Birden fazla seçim yapabilirsiniz"},
    {Close, "Kapat"},
    {ContactEmail, "E-posta"},
    {ContactKept, "İletişim bilginiz şifreli olarak saklandı. Şimdi yazdığınız onun yerini alır."},
    {ContactPhone, "Telefon"},
    {Continue, "Devam"},
    {Done, "Tamam"},
    {EmailNeedsAt, "E-posta adresinde @ bulunur, örneğin ad@example.com"},
    {EmailNeedsDomain, "@ işaretinden sonra example.com gibi bir şey gelir"},
    {EmailNeedsName, "@ işaretinden önceki bölüm eksik"},
    {EmailOddSign, "E-posta adresinde bulunmayan bir işaret var"},
    {Finish, "Bitir"},
    {HighContrast, "Yüksek kontrast"},
    {LargerText, "Daha büyük yazı"},
    {Next, "İleri"},
    {OutOfService, "Hizmet dışı"},
    {OutOfServiceHint, "Şu anda yanıtları kaydedemiyoruz. Lütfen bir görevliye haber verin."},
    {PhoneOddSign, "Telefon numarası yalnızca rakamlardan ve baştaki + işaretinden oluşur"},
    {PhoneTooLong, "Bu, telefon numarası için çok uzun"},
    {PhoneTooShort, "Bu, telefon numarası için çok kısa"},
    {PrivacyAbout, "Burada seçtiklerinizi ve yazdıklarınızı saat, dil ve cihaz bilgisiyle birlikte saklıyoruz. Siz söylemedikçe kim olduğunuzu bilmiyoruz."},
    {PrivacyLink, "Yanıtım nasıl kullanılıyor?"},
    {PrivacyPurpose, "Bu cihazı işleten kuruluş yanıtınızı diğer tüm yanıtlarla birlikte gelişmek için kullanır ve sonuçları karşılaştırdığı sürece saklar."},
    {PrivacySensors, "Bu cihazda kamera ve mikrofon kullanılmaz."},
    {Progress, "Soru {n} / {m}"},
    {Receipt, "Yanıtlarınızın silinmesini isterseniz bu kodu not alın"},
    {Saving, "Kaydediliyor…"},
    {Skip, "Atla"},
    {StartOver, "Yeniden başla"},
    {StillThere, "Hâlâ orada mısınız?"},
    {StillThereHint, "Aksi takdirde ekran sıradaki kişi için kapanacak."},
    {ThankYou, "Teşekkür ederiz!"},
    {WriteHere, "Buraya yazın"},
};

}  // namespace milepost::kiosk::words
