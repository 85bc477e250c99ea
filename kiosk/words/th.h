#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kThai[] = {
    {Accessibility, "การช่วยการเข้าถึง"},
    {Back, "ย้อนกลับ"},
    {ChangeAnswer, "แก้ไขคำตอบ"},
    {ChooseSeveral, "เลือกได้มากกว่าหนึ่งข้อ"},
    {Close, "ปิด"},
    {Continue, "ดำเนินการต่อ"},
    {Done, "เสร็จสิ้น"},
    {Finish, "สิ้นสุด"},
    {HighContrast, "คอนทราสต์สูง"},
    {LargerText, "ตัวอักษรใหญ่ขึ้น"},
    {Next, "ถัดไป"},
    {OutOfService, "งดให้บริการชั่วคราว"},
    {OutOfServiceHint, "ขณะนี้บันทึกคำตอบไม่ได้ กรุณาแจ้งพนักงาน"},
    {PrivacyAbout, "เราเก็บสิ่งที่ท่านแตะที่นี่ พร้อมเวลา ภาษา และเครื่องที่ใช้ เราไม่ทราบว่าท่านเป็นใคร"},
    {PrivacyLink, "คำตอบของฉันนำไปใช้อย่างไร"},
    {PrivacyPurpose, "หน่วยงานที่ดูแลเครื่องนี้ใช้คำตอบของท่านร่วมกับคำตอบอื่นทั้งหมดเพื่อปรับปรุงบริการ และเก็บไว้ตราบเท่าที่ยังเปรียบเทียบผลลัพธ์"},
    {PrivacySensors, "เครื่องนี้ไม่ใช้กล้องและไมโครโฟน"},
    {Progress, "คำถามที่ {n} จาก {m}"},
    {Saving, "กำลังบันทึก…"},
    {Skip, "ข้าม"},
    {StartOver, "เริ่มใหม่"},
    {StillThere, "ท่านยังอยู่หรือไม่"},
    {StillThereHint, "มิฉะนั้นหน้าจอจะปิดเพื่อผู้ใช้คนถัดไป"},
    {ThankYou, "ขอขอบคุณ"},
    {TypingUnavailable, "เครื่องนี้ยังไม่รองรับการพิมพ์ข้อความ"},
};

}  // namespace milepost::kiosk::words
