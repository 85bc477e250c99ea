#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kKorean[] = {
    {Accessibility, "접근성"},
    {Back, "이전"},
    {ChangeAnswer, "답변 수정"},
    {ChooseSeveral, "여러 개 선택할 수 있습니다"},
    {Close, "닫기"},
    {Continue, "계속하기"},
    {Done, "완료"},
    {Finish, "마치기"},
    {HighContrast, "고대비"},
    {LargerText, "큰 글자"},
    {Next, "다음"},
    {OutOfService, "이용할 수 없습니다"},
    {OutOfServiceHint, "지금은 답변을 저장할 수 없습니다. 직원에게 알려 주세요."},
    {PrivacyAbout, "여기서 선택하신 내용을 시간, 언어, 사용 기기와 함께 저장합니다. 누구의 답변인지는 알 수 없습니다."},
    {PrivacyLink, "제 답변은 어떻게 처리되나요?"},
    {PrivacyPurpose, "이 기기의 운영자는 다른 모든 답변과 함께 서비스 개선에 활용하며, 결과를 비교하는 동안 보관합니다."},
    {PrivacySensors, "이 기기는 카메라와 마이크를 사용하지 않습니다."},
    {Progress, "질문 {n} / {m}"},
    {Saving, "저장 중…"},
    {Skip, "건너뛰기"},
    {StartOver, "처음부터"},
    {StillThere, "아직 이용 중이신가요?"},
    {StillThereHint, "응답이 없으면 다음 분을 위해 종료됩니다."},
    {ThankYou, "감사합니다!"},
    {TypingUnavailable, "이 기기에서는 아직 글자를 입력할 수 없습니다."},
};

}  // namespace milepost::kiosk::words
