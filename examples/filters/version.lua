-- Versions: the word `@VERSION@` becomes the version that the front matter names (`release: 1.2`), in text and in code.
local release

function Meta(meta)
  release = meta.release and pandoc.utils.stringify(meta.release) or nil
end

local function filled(element)
  if release then
    element.text = element.text:gsub("@VERSION@", function() return release end)
    return element
  end
end

return { { Meta = Meta }, { Str = filled, Code = filled, CodeBlock = filled } }
