# milepost_embed(TARGET NAME FILE): the file's bytes in the binary, between the symbols
# milepost_NAME_begin and milepost_NAME_end: `extern "C" const char milepost_NAME_begin[], milepost_NAME_end[];`
function(milepost_embed target name file)
    set(assembly ${CMAKE_CURRENT_BINARY_DIR}/${name}.S)
    get_filename_component(absolute ${file} ABSOLUTE)
    file(GENERATE OUTPUT ${assembly} CONTENT
".section .rodata
.global milepost_${name}_begin
.global milepost_${name}_end
milepost_${name}_begin:
.incbin \"${absolute}\"
milepost_${name}_end:
.byte 0
.section .note.GNU-stack,\"\",@progbits
")
    set_source_files_properties(${assembly} TARGET_DIRECTORY ${target} PROPERTIES OBJECT_DEPENDS ${absolute} GENERATED TRUE)
    target_sources(${target} PRIVATE ${assembly})
endfunction()
