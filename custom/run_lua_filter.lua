-- Run a Lua filter on a document of pandoc's JSON: `pandoc lua run_lua_filter.lua WRITER FILTER.lua`. `fencepost` calls it.
-- The filter is told the writer as `FORMAT`, as it would be by `pandoc --to WRITER --lua-filter FILTER.lua`.
FORMAT = arg[1]
PANDOC_SCRIPT_FILE = arg[2]
local document = pandoc.read(io.read('a'), 'json')
local environment = setmetatable({ FORMAT = arg[1], PANDOC_SCRIPT_FILE = arg[2] }, { __index = _G })
io.write(pandoc.write(pandoc.utils.run_lua_filter(document, arg[2], environment), 'json'))
