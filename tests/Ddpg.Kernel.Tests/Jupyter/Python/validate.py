"""Whether a notebook file is what nbformat's own schema says. The file comes as an argument."""
import sys

import nbformat

from checks import check, run


@check
def the_notebook_is_valid(path):
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))


if __name__ == "__main__":
    run(sys.argv[1])
