#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kKorean[] = {
    {Accessibility, "접근성"},
    {AgreeAndSend, "동의하고 보내기"},
    {Back, "이전"},
    {ChangeAnswer, "답변 수정"},
    {ChooseSeveral, "여러 개 선택할 수 있습니다"},
    {Close, "닫기"},
    {ContactEmail, "이메일"},
    {ContactKept, "연락처가 암호화되어 저장되었습니다. 지금 입력하시면 바뀝니다."},
    {ContactPhone, "전화"},
    {Continue, "계속하기"},
    {Done, "완료"},
    {EmailNeedsAt, "이메일 주소에는 @가 있어야 합니다(예: name@example.com)"},
    {EmailNeedsDomain, "@ 뒤에 example.com 같은 부분이 있어야 합니다"},
    {EmailNeedsName, "@ 앞부분이 없습니다"},
    {EmailOddSign, "이메일 주소에 쓸 수 없는 문자가 있습니다"},
    {Finish, "마치기"},
    {HighContrast, "고대비"},
    {LargerText, "큰 글자"},
    {Next, "다음"},
    {OutOfService, "이용할 수 없습니다"},
    {OutOfServiceHint, "지금은 답변을 저장할 수 없습니다. 직원에게 알려 주세요."},
    {PhoneOddSign, "전화번호에는 숫자와 맨 앞의 +만 쓸 수 있습니다"},
    {PhoneTooLong, "전화번호로는 너무 깁니다"},
    {PhoneTooShort, "전화번호로는 너무 짧습니다"},
    {PrivacyAbout, "여기서 선택하고 입력하신 내용을 시간, 언어, 사용 기기와 함께 저장합니다. 알려 주시지 않는 한 누구의 답변인지는 알 수 없습니다."},
    {PrivacyLink, "제 답변은 어떻게 처리되나요?"},
    {PrivacyPurpose, "이 기기의 운영자는 다른 모든 답변과 함께 서비스 개선에 활용하며, 결과를 비교하는 동안 보관합니다."},
    {PrivacySensors, "이 기기는 카메라와 마이크를 사용하지 않습니다."},
    {Progress, "질문 {n} / {m}"},
    {Receipt, "나중에 답변 삭제를 원하시면 이 코드를 적어 두세요"},
    {Saving, "저장 중…"},
    {Skip, "건너뛰기"},
    {StartOver, "처음부터"},
    {StillThere, "아직 이용 중이신가요?"},
    {StillThereHint, "응답이 없으면 다음 분을 위해 종료됩니다."},
    {ThankYou, "감사합니다!"},
    {WriteHere, "여기에 입력"},
};

}  // namespace milepost::kiosk::words
