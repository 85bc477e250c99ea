#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kThai[] = {
    {Accessibility, "การช่วยการเข้าถึง"},
    {AgreeAndSend, "ยินยอมและส่ง"},
    {Back, "ย้อนกลับ"},
    {ChangeAnswer, "แก้ไขคำตอบ"},
    {ChooseSeveral, "เลือกได้มากกว่าหนึ่งข้อ"},
    {Close, "ปิด"},
    {ContactEmail, "อีเมล"},
    {ContactKept, "เก็บข้อมูลติดต่อแบบเข้ารหัสไว้แล้ว หากเขียนใหม่จะแทนที่ของเดิม"},
    {ContactPhone, "โทรศัพท์"},
    {Continue, "ดำเนินการต่อ"},
    {Done, "เสร็จสิ้น"},
    {EmailNeedsAt, "ที่อยู่อีเมลต้องมี @ เช่น name@example.com"},
    {EmailNeedsDomain, "หลัง @ ต้องมีชื่อโดเมน เช่น example.com"},
    {EmailNeedsName, "ไม่มีส่วนที่อยู่หน้า @"},
    {EmailOddSign, "มีเครื่องหมายที่ใช้ในอีเมลไม่ได้"},
    {Finish, "สิ้นสุด"},
    {HighContrast, "คอนทราสต์สูง"},
    {LargerText, "ตัวอักษรใหญ่ขึ้น"},
    {Next, "ถัดไป"},
    {OutOfService, "งดให้บริการชั่วคราว"},
    {OutOfServiceHint, "ขณะนี้บันทึกคำตอบไม่ได้ กรุณาแจ้งพนักงาน"},
    {PhoneOddSign, "หมายเลขโทรศัพท์มีเฉพาะตัวเลขและ + ข้างหน้า"},
    {PhoneTooLong, "ยาวเกินไปสำหรับหมายเลขโทรศัพท์"},
    {PhoneTooShort, "สั้นเกินไปสำหรับหมายเลขโทรศัพท์"},
    {PrivacyAbout, "เราเก็บสิ่งที่ท่านแตะและเขียนที่นี่ พร้อมเวลา ภาษา และเครื่องที่ใช้ เราไม่ทราบว่าท่านเป็นใคร เว้นแต่ท่านจะบอก"},
    {PrivacyLink, "คำตอบของฉันนำไปใช้อย่างไร"},
    {PrivacyPurpose, "หน่วยงานที่ดูแลเครื่องนี้ใช้คำตอบของท่านร่วมกับคำตอบอื่นทั้งหมดเพื่อปรับปรุงบริการ และเก็บไว้ตราบเท่าที่ยังเปรียบเทียบผลลัพธ์"},
    {PrivacySensors, "เครื่องนี้ไม่ใช้กล้องและไมโครโฟน"},
    {Progress, "คำถามที่ {n} จาก {m}"},
    {Receipt, "จดรหัสนี้ไว้หากต้องการให้ลบคำตอบของท่าน"},
    {Saving, "กำลังบันทึก…"},
    {Skip, "ข้าม"},
    {StartOver, "เริ่มใหม่"},
    {StillThere, "ท่านยังอยู่หรือไม่"},
    {StillThereHint, "มิฉะนั้นหน้าจอจะปิดเพื่อผู้ใช้คนถัดไป"},
    {ThankYou, "ขอขอบคุณ"},
    {WriteHere, "เขียนที่นี่"},
};

}  // namespace milepost::kiosk::words
