#include "sync/protocol/receipt.h"

#include <catch2/catch.hpp>

using namespace milepost::protocol;

TEST_CASE("receipt: eight characters of the id's last forty bits") {
    CHECK(receipt_code("01935b2e-0000-7000-8000-000000000000") == "0000-0000");
    CHECK(receipt_code("01935b2e-0000-7000-8000-00ffffffffff") == "ZZZZ-ZZZZ");
    CHECK(receipt_code("01935b2e-0000-7000-8000-008421084210") == "GGGG-GGGG");
    CHECK(receipt_code("01935b2e-1234-7000-8000-ab0000000001") == "0000-0001");
    CHECK(receipt_code("no id").empty());
}

TEST_CASE("receipt: the time in the id leaves no trace in the code") {
    CHECK(receipt_code("01935b2e-1111-7abc-8def-001122334455") == receipt_code("0193ffff-2222-7def-8abc-001122334455"));
}

TEST_CASE("receipt: a code is read as people write it") {
    CHECK(read_receipt_code("7k3p-9qxm") == "7K3P-9QXM");
    CHECK(read_receipt_code(" 7K3P 9QXM") == "7K3P-9QXM");
    CHECK(read_receipt_code("7K3P9QXM") == "7K3P-9QXM");
    CHECK(read_receipt_code("oIl0-0000") == "0110-0000");
    CHECK(read_receipt_code("7K3P-9QX").empty());
    CHECK(read_receipt_code("7K3P-9QXMM").empty());
    CHECK(read_receipt_code("7K3P_9QXM").empty());
}
