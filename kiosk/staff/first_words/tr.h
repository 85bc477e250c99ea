#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kTurkish[] = {
    {AddressHint, "Sunucunun web sayfasında yazar."},
    {AddressTitle, "Sunucunun adresi"},
    {CodeHint, "Sunucuda oluşturulur, 15 dakika geçerlidir"},
    {CodeTitle, "Kayıt kodu"},
    {CompareHint, "Sunucunun sayfası bu cihazın yanında aynı dört kelimeyi gösterir. Farklıysa cihazı orada iptal edin ve adresi kontrol edin."},
    {CompareTitle, "Bağlandı. Bu kelimeleri karşılaştırın:"},
    {Connect, "Bir sunucuya bağlan"},
    {ConnectFailed, "Bağlanamadı"},
    {ConnectHint, "Adresiyle ve orada oluşturulan bir kodla"},
    {Connecting, "Bağlanıyor…"},
    {FailAddress, "Bu bir sunucu adresi değil. store.example.com veya store.example.com:8443 gibi olmalı."},
    {FailCode, "Sunucu bu kodu kabul etmiyor: yanlış yazılmış, 15 dakikadan eski ya da kullanılmış. Yeni bir kod isteyin."},
    {FailName, "Sunucunun adı bulunamadı. Adresi ve cihazın ağını kontrol edin."},
    {FailUnreachable, "Sunucu yanıt vermiyor. Adresi ve çalıştığını kontrol edin. Ağ testi cihazın nereye kadar ulaştığını gösterir."},
    {Later, "Sonra"},
    {NewPin, "Personel PIN’i seçin"},
    {NewPinAgain, "Bir kez daha yazın"},
    {NewPinDiffers, "İkisi aynı değildi. Yeniden seçin."},
    {NewPinFailed, "PIN kaydedilemedi. Yeniden deneyin."},
    {NewPinHint, "6 ila 12 rakam"},
    {SetUp, "Kurulum"},
    {SetUpDone, "Müşterilere hazır"},
    {SetUpDoneHint, "Personel sayfaları için okumanın başladığı üst köşeyi 3 saniye basılı tutun, sonra PIN’i yazın."},
    {SetUpDoneStore, "Sunucu bir anket gönderene kadar bir örnek sorulur."},
    {SetUpHow, "Bu kiosk nasıl kullanılacak?"},
    {SetUpSample, "Hangi anketi sorsun?"},
    {Start, "Başlat"},
    {TryAgain, "Yeniden dene"},
    {TryOut, "Sunucusuz dene"},
    {TryOutHint, "Örnek bir anketle. Yanıtlar bu cihazda kalır."},
};

}  // namespace milepost::kiosk::staff::first_words
