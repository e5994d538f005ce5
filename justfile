# Each line is what you would type; `just` only saves the typing.

setup:
    pip install -e '.[dev]'

test:
    pytest

local-model:
    pip install 'xllamacpp>=2026.1' && pytest -m local_model tests/models

larger-model:
    pip install 'xllamacpp>=2026.1' && nice -n 15 pytest -m larger_model tests/models

local-model-serve:
    pip install 'xllamacpp>=2026.1' && OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0 nice -n 15 python tests/models/weights.py qwen2.5-coder-1.5b

local-model-table:
    nice -n 15 python scripts/local_model.py --model openai:qwen2.5-coder-1.5b

local-model-agent:
    nice -n 15 python scripts/agent_tasks.py --model openai:qwen2.5-coder-1.5b --only assess

lint:
    ruff check .
    mypy
    lint-imports

check: lint test
    advisor check

docs:
    python scripts/cli_reference.py
    python scripts/schemas.py
    python scripts/plugin.py
    python scripts/examples.py

eval:
    advisor eval run --gate

evaluation:
    python scripts/evaluation.py

faults:
    python -m scripts.faults --docs

vectors:
    python scripts/vectors.py

bench:
    python -m bench

ci:
    .ci/run
