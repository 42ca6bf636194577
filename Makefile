# `make` or `make help` lists what can be done. Each line is one command; Windows users type it themselves.

# On Linux files in a shared folder belong to numbers, so the container works under yours.
export RATATOUILLE_UID ?= $(shell id -u)
export RATATOUILLE_GID ?= $(shell id -g)

.DEFAULT_GOAL := help
.PHONY: start test image up down help

start: ## install, build, make a project in demo/, run it, query gold
	npm start

test: ## everything that must hold
	npm test

image: ## make the container's image from this checkout's package
	node scripts/build.mjs
	node scripts/package.mjs --target linux-$$(node -p process.arch)
	node dist/cli.cjs image build

up: ## VS Code in the browser: PROJECT=./demo opens a folder, otherwise a new project in a volume
	@RATATOUILLE_PROJECT="$(PROJECT)" docker compose up --detach --wait || { docker compose logs --no-log-prefix editor; exit 1; }
	@docker compose logs --no-log-prefix editor | grep -A3 'Ratatouille is at' | tail -4

down: ## stop the container; nothing is lost
	docker compose down

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
