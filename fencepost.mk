# Posts into pages, prints and books. In a blog's own Makefile:
#
#     POSTS := $(wildcard posts/*.md)
#     include $(shell fencepost datadir)/fencepost.mk
#
# `make` writes all three formats of every post in POSTS into OUT; `make html POST=path` one format of one post.
# Only what is older than its post (or than fencepost.yaml) is made anew. File names with blanks, or one of % : ; = |, are
# make's limit.

FENCEPOST ?= fencepost
FENCEPOST_FLAGS ?=
# what has to stand before fencepost can run, where it is installed by a Makefile
FENCEPOST_READY ?=
OUT ?= build
POSTS ?=

fencepost-posts := $(sort $(POSTS) $(POST))
# index.md is named by its folder
fencepost-stem = $(if $(filter index,$(basename $(notdir $1))),$(notdir $(patsubst %/,%,$(dir $(abspath $1)))),$(basename $(notdir $1)))
fencepost-outputs = $(foreach post,$1,$(foreach format,$2,$(OUT)/$(call fencepost-stem,$(post)).$(format)))

.PHONY: posts html pdf epub
posts: $(call fencepost-outputs,$(fencepost-posts),html pdf epub)
html: $(call fencepost-outputs,$(or $(POST),$(POSTS)),html)
pdf: $(call fencepost-outputs,$(or $(POST),$(POSTS)),pdf)
epub: $(call fencepost-outputs,$(or $(POST),$(POSTS)),epub)

# a name as one word of the shell's, and as one of make's
fencepost-word = '$(subst ','\'',$1)'
fencepost-name = $(subst $(fencepost-hash),\$(fencepost-hash),$(subst $$,$$$$,$1))
fencepost-hash := \#

define fencepost-rule
$(OUT)/$(call fencepost-stem,$1).$2: $1 $(wildcard fencepost.yaml $(dir $1)fencepost.yaml) | $(FENCEPOST_READY)
	$$(FENCEPOST) convert $$(FENCEPOST_FLAGS) --output $$(call fencepost-word,$$@) $$(call fencepost-word,$$<)
endef

$(if $(filter-out $(words $(fencepost-posts)),$(words $(sort $(foreach post,$(fencepost-posts),$(call fencepost-stem,$(post)))))),$(error two posts would be one output: $(fencepost-posts)))
$(foreach post,$(fencepost-posts),$(foreach format,html pdf epub,$(eval $(call fencepost-rule,$(call fencepost-name,$(post)),$(format)))))
