-- A pandoc reader for the dialect: `pandoc -f fencepost.lua --filter fencepost post.md`.
-- `fencepost read` makes the post safe, lets pandoc read it, and restores what it carried, so that no
-- other filter ever meets a carrier. The base reader is chosen by `-M fencepost-from=…` in the environment:
-- FENCEPOST_FROM (default gfm); extensions of this reader (`-f fencepost.lua+smart`) are handed to it.
Extensions = { smart = false, sourcepos = false, hard_line_breaks = false, east_asian_line_breaks = false,
  emoji = false, wikilinks_title_after_pipe = false, implicit_figures = false, attributes = false,
  definition_lists = false, gfm_auto_identifiers = true, tex_math_dollars = true, raw_html = true }

function Reader(input, options)
  local from = os.getenv("FENCEPOST_FROM") or "gfm"
  for extension, default in pairs(Extensions) do
    local wanted = options.extensions:includes(extension)
    if wanted ~= default then from = from .. (wanted and "+" or "-") .. extension end
  end
  local command = os.getenv("FENCEPOST_COMMAND") or "fencepost"
  local ok, json = pcall(pandoc.pipe, command, { "read", "--mark", "--from", from, "-" }, tostring(input))
  if not ok then error(type(json) == "table" and (json.output ~= "" and json.output or "fencepost could not be run; is it on PATH?") or json) end
  return pandoc.read(json, "json")
end
