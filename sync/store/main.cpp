#include "sync/store/commands.h"

int main(int argc, char** argv) {
    return milepost::store::run_commands(argc, argv);
}
