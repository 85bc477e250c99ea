#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kKorean[] = {
    {AddressHint, "서버의 웹 페이지에 있습니다."},
    {AddressTitle, "서버 주소"},
    {CodeHint, "서버에서 만들며 15분 동안 유효합니다"},
    {CodeTitle, "등록 코드"},
    {CompareHint, "서버 페이지에는 이 기기 옆에 같은 네 단어가 표시됩니다. 다르면 그곳에서 기기를 해지하고 주소를 확인하세요."},
    {CompareTitle, "연결되었습니다. 이 단어들을 비교하세요:"},
    {Connect, "서버에 연결"},
    {ConnectFailed, "연결되지 않음"},
    {ConnectHint, "주소와 서버에서 만든 코드로"},
    {Connecting, "연결 중…"},
    {FailAddress, "서버 주소가 아닙니다. store.example.com 또는 store.example.com:8443 과 같은 형식입니다."},
    {FailCode, "서버가 이 코드를 받지 않습니다. 잘못 입력했거나 15분이 지났거나 이미 사용되었습니다. 새 코드를 만드세요."},
    {FailName, "서버 이름을 찾을 수 없습니다. 주소와 이 기기의 네트워크를 확인하세요."},
    {FailUnreachable, "서버가 응답하지 않습니다. 주소와 작동 여부를 확인하세요. 네트워크 테스트로 어디까지 연결되는지 알 수 있습니다."},
    {Later, "나중에"},
    {NewPin, "직원 PIN 정하기"},
    {NewPinAgain, "한 번 더 입력하세요"},
    {NewPinDiffers, "두 PIN이 다릅니다. 다시 정하세요."},
    {NewPinFailed, "PIN을 저장하지 못했습니다. 다시 시도하세요."},
    {NewPinHint, "숫자 6~12자리"},
    {SetUp, "설정"},
    {SetUpDone, "고객을 맞을 준비가 되었습니다"},
    {SetUpDoneHint, "직원 페이지를 열려면 글이 시작되는 쪽 위 모서리를 3초 동안 누른 뒤 PIN을 입력하세요."},
    {SetUpDoneStore, "서버가 설문을 보낼 때까지 예시를 묻습니다."},
    {SetUpHow, "이 키오스크를 어떻게 사용하시겠습니까?"},
    {SetUpSample, "어떤 설문을 물을까요?"},
    {Start, "시작"},
    {TryAgain, "다시 시도"},
    {TryOut, "서버 없이 사용해 보기"},
    {TryOutHint, "예시 설문을 사용합니다. 답변은 이 기기에 남습니다."},
};

}  // namespace milepost::kiosk::staff::first_words
